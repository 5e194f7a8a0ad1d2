/**
 * TLS and proxies (P37): makes of the network settings what HTTP clients take. Receives {@code NetworkSettings}; guarantees
 * that certificates are verified unless the settings say otherwise, and that no error shows a secret.
 */
package io.ticketbridge.network;
