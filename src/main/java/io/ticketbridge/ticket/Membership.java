package io.ticketbridge.ticket;

import io.ticketbridge.finding.Finding;

/** One finding in one of the groups that it belongs to: what the aggregate step collects. */
public record Membership(GroupIdentity group, Finding finding) {}
