package io.ticketbridge.source.api;

import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How an API is read and what of its answers is a finding. Immutable, so any thread may use it.
 *
 * @param name the file's, for errors
 * @param request of the first page, its path below the API's url
 * @param records of a page
 */
record Mapping(String name, ApiCall request, Paging paging, Expression records, Evidence evidence, Fields fields) {

    /** Why it can't prove what it says it does; empty if it can. */
    Optional<String> doubt() {
        if (!paging.isByPlace() || evidence == Evidence.NONE) {
            return Optional.empty();
        }
        return Optional.of("mapping " + name + " has complete, but "
                + (paging.total().isNothing()
                        ? "a list of several pages proves nothing: without paging.total nobody can tell"
                                + " whether it moved between two of them"
                        : "paging.total does not show that one record went and another came between two pages:"
                                + " one that was skipped then is taken for gone"));
    }

    /**
     * What of a record is which part of a finding.
     *
     * @param each of a record: the things that it is about, whose {@code uid}, {@code name}, {@code type} and {@code regionOfEach}
     *     are
     */
    record Fields(
            Expression scope,
            Expression account,
            Expression region,
            Expression check,
            Expression each,
            Expression uid,
            Expression name,
            Expression type,
            Expression regionOfEach,
            Results result,
            Severities severity,
            Expression title,
            Expression message,
            Expression description,
            Expression remediation,
            Expression url,
            Expression observedAt,
            List<Controls> controls,
            Map<String, Expression> attributes) {}

    /** Words of the source for one thing; compared without regard to case. */
    record Words(Expression from, Set<String> values) {}

    /** @param always where the source lists one result alone; else null */
    record Results(Result always, Map<Result, Words> words) {}

    /** @param words the source's own, in lower case, besides those that everybody uses */
    record Severities(Expression from, Map<String, Severity> words) {}

    record Controls(Expression each, Expression framework, Expression id, Expression title) {}
}
