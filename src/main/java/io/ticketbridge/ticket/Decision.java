package io.ticketbridge.ticket;

/**
 * What is done about a group, and why: the reason is stored with the action (P14).
 *
 * @param generation the ticket's generation that the action is about
 */
public record Decision(Action action, int generation, String reason) {}
