package io.ticketbridge.config;

/**
 * Where ticketbridge itself listens (P39).
 *
 * @param host the address; a loopback one unless told otherwise
 * @param managementPort of health and metrics; 0 for none
 */
public record HttpSettings(String host, int managementPort) {}
