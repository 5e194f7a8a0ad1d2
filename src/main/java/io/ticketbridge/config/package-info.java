/**
 * The settings: read from files, mounted secrets, the environment and overrides, checked all at once, and handed on as
 * immutable records. {@link io.ticketbridge.config.Settings#load} either returns settings that hold together or names every problem.
 */
package io.ticketbridge.config;
