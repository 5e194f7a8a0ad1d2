/**
 * The sandbox (P28): simulated Vision One, ServiceNow and findings files in one process on loopback, with the settings that
 * point ticketbridge at them. What it simulates is in the packages below.
 */
package io.ticketbridge.sandbox;
