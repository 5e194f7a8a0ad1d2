/**
 * The source for what is sent over HTTP: takes a request, lets in who shows a credential of the flow, returns the body as a
 * file for as long as the request lasts. Guarantees that no body is held in memory, and that nobody learns which flows exist.
 */
package io.ticketbridge.source.http;
