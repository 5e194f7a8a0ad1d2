package io.ticketbridge.sandbox.visionone;

import java.util.Set;

/**
 * What a list call may ask for.
 *
 * @param sizes of {@code top}; empty where it is not read
 * @param top how many items a page has by default
 * @param targets of {@code dateTimeTarget}
 * @param orders of {@code orderBy}
 * @param maxOrderBy its longest text
 * @param descending whether {@code orderBy} without a direction is descending
 * @param filters the fields of {@code TMV1-Filter}
 * @param maxFilter its longest text
 * @param counted whether a page says {@code totalCount} and {@code count}
 * @param plainToken whether a skip token is nothing but the offset, and the link carries the other parameters
 */
record ListRules(
        Set<String> sizes,
        int top,
        Set<String> targets,
        Set<String> orders,
        int maxOrderBy,
        boolean descending,
        Set<String> filters,
        int maxFilter,
        boolean counted,
        boolean plainToken) {

    private static final Set<String> TARGETS = Set.of("createdDateTime", "updatedDateTime");
    private static final int SHORT_FILTER = 270;
    private static final int LONG_FILTER = 5_000;

    static final ListRules CASES = ofCases(Set.of("priority", "createdDateTime"), Set.of("type", "priority", "status"));

    static final ListRules CONTENTS = ofCases(Set.of("createdDateTime"), Set.of("creatorId"));

    static final ListRules ALERTS = new ListRules(
            Set.of(),
            10,
            Set.of("createdDateTime", "updatedDateTime", "firstInvestigatedDateTime"),
            Set.of(
                    "id",
                    "caseId",
                    "name",
                    "investigationStatus",
                    "status",
                    "investigationResult",
                    "modelId",
                    "model",
                    "score",
                    "severity",
                    "createdDateTime",
                    "updatedDateTime",
                    "firstInvestigatedDateTime"),
            200,
            true,
            Set.of(
                    "id",
                    "investigationStatus",
                    "status",
                    "investigationResult",
                    "alertProvider",
                    "modelId",
                    "model",
                    "modelType",
                    "severity",
                    "impactScopeEntityValue",
                    "indicatorValue",
                    "incidentId"),
            LONG_FILTER,
            true,
            true);

    static final ListRules ALERT_NOTES = new ListRules(
            Set.of("50", "100", "200"),
            50,
            Set.of("createdDateTime", "lastUpdatedDateTime"),
            Set.of(
                    "id",
                    "creatorMailAddress",
                    "creatorName",
                    "lastUpdatedBy",
                    "createdDateTime",
                    "lastUpdatedDateTime"),
            200,
            true,
            Set.of("id", "creatorMailAddress", "creatorName", "lastUpdatedBy"),
            LONG_FILTER,
            false,
            true);

    private static ListRules ofCases(Set<String> orders, Set<String> filters) {
        return new ListRules(
                Set.of("10", "50", "100"), 50, TARGETS, orders, 32, false, filters, SHORT_FILTER, true, false);
    }
}
