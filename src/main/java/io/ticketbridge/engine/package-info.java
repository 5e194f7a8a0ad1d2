/**
 * The engine: settings, ledger, beans and routes put together into one Camel application. Everything else meets in routes.
 */
package io.ticketbridge.engine;
