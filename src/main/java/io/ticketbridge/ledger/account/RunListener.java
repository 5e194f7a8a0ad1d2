package io.ticketbridge.ledger.account;

import io.ticketbridge.finding.SourceRecord;
import java.util.List;

/** Hears how passes and runs come to their end, for metrics and health (P32). Called on the worker's thread; must not throw. */
public interface RunListener {
    RunListener NONE = new RunListener() {};

    /** A pass read its source to the end. */
    default void passEnded(String flow) {}

    /** @param cause one sentence without secrets */
    default void passFailed(String flow, String cause) {}

    /** A page of a scan was opened. */
    default void pageOpened(List<SourceRecord> records) {}

    /** A record could not be used, or a step failed on it. */
    default void buried(SourceRecord record) {}

    /** A run owes nothing any more. Each run is told of once, by the process that closed it. */
    default void accountClosed(Account account) {}
}
