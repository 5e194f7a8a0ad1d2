package io.ticketbridge.finding;

/** What a source yields for each record that it holds: a finding, or the reason why there is none (P4). */
public sealed interface SourceRecord permits Finding, Unreadable {}
