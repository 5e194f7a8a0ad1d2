package io.ticketbridge.sandbox.servicenow;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * The switches of the simulated instance; each may be turned while it runs and counts from the next request on. What an
 * instance keeps in {@code sys_properties} is a record there instead ({@link ServiceNowSimulator#property}).
 */
public final class Settings {

    volatile boolean linkCommasEncoded;
    volatile boolean linkOffsetFirst;
    volatile boolean unorderedRowsMove;
    volatile boolean refreshTokenInRefreshAnswer = true;
    volatile boolean clientInBasicHeader = true;
    volatile boolean sameTokenWhileValid = true;
    volatile boolean sameTokenRenewed = true;
    volatile boolean basicRefused;
    volatile boolean cookieSessions;
    volatile boolean unscopedRefused;
    volatile boolean apiAclRefused;
    volatile boolean headersRequired = true;
    volatile boolean dataPolicies = true;
    volatile boolean problemStateByTableApi;
    volatile int rateLimit;
    volatile boolean rateLimitHeaders = true;
    volatile long maxBodyBytes = 10_485_760;
    volatile long maxAttachmentBytes = Long.MAX_VALUE;
    volatile int tooLargeStatus = 400;
    volatile boolean antivirusDown;
    volatile ZoneId displayZone = ZoneOffset.UTC;
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();
    private final Set<String> unwritable = ConcurrentHashMap.newKeySet();
    private final Set<String> hidden = ConcurrentHashMap.newKeySet();
    private final Set<String> ignoredColumns = ConcurrentHashMap.newKeySet();
    private final Map<String, Map<String, RangeRefusal>> rangesRefused = new ConcurrentHashMap<>();
    private final Map<String, Unreadable> unreadableColumns = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> closeStates = new ConcurrentHashMap<>();
    private final List<AbortRule> aborts = new CopyOnWriteArrayList<>();

    /** What comes of a condition or an order that a query ACL refuses: the documentation leaves it open. */
    public enum RangeRefusal {
        /** Nothing is found, and nothing is counted. */
        NO_ROWS,
        /** It is left out, and the rest of the query runs. */
        IGNORED
    }

    /** How answers show a column that the API user may not read: which of both is left open. */
    public enum Unreadable {
        OMITTED,
        EMPTY
    }

    private record AbortRule(String table, String name, Predicate<Map<String, String>> when) {}

    Settings() {}

    /** Commas in the {@code Link} header as {@code %2C} instead of raw. Off by default. */
    public Settings linkCommasEncoded(boolean on) {
        linkCommasEncoded = on;
        return this;
    }

    /** {@code sysparm_offset} first in the {@code Link} header instead of last. Off by default. */
    public Settings linkOffsetFirst(boolean on) {
        linkOffsetFirst = on;
        return this;
    }

    /** Rows without ORDERBY come in another order at each request. Off by default: arbitrary, yet always the same. */
    public Settings unorderedRowsMove(boolean on) {
        unorderedRowsMove = on;
        return this;
    }

    /** The answer to a refresh repeats the refresh token. On by default; the documentation says both. */
    public Settings refreshTokenInRefreshAnswer(boolean on) {
        refreshTokenInRefreshAnswer = on;
        return this;
    }

    /** Client id and secret are taken from a Basic header too, not only from the body. On by default. */
    public Settings clientInBasicHeader(boolean on) {
        clientInBasicHeader = on;
        return this;
    }

    /** Asking again while a token is valid returns the same one. On by default. */
    public Settings sameTokenWhileValid(boolean on) {
        sameTokenWhileValid = on;
        return this;
    }

    /** Asking again for a valid token prolongs it. On by default. */
    public Settings sameTokenRenewed(boolean on) {
        sameTokenRenewed = on;
        return this;
    }

    /** Basic authentication is refused with 401, as for users with interactive login. Off by default. */
    public Settings basicRefused(boolean on) {
        basicRefused = on;
        return this;
    }

    /** A session cookie authenticates too, even beside wrong credentials. Off by default. */
    public Settings cookieSessions(boolean on) {
        cookieSessions = on;
        return this;
    }

    /** Tokens lack the scope for the Table API: 403 on every call. Off by default. */
    public Settings unscopedRefused(boolean on) {
        unscopedRefused = on;
        return this;
    }

    /** The API's own ACL refuses every call with 403. Off by default. */
    public Settings apiAclRefused(boolean on) {
        apiAclRefused = on;
        return this;
    }

    /** A missing Accept or Content-Type gives 400. On by default. */
    public Settings headersRequired(boolean on) {
        headersRequired = on;
        return this;
    }

    /** Mandatory columns and choices are checked. On by default. */
    public Settings dataPolicies(boolean on) {
        dataPolicies = on;
        return this;
    }

    /** The Table API moves the state of problems. Off by default: 200, and the state stays (since Rome). */
    public Settings problemStateByTableApi(boolean on) {
        problemStateByTableApi = on;
        return this;
    }

    /** Requests per user and clock hour before 429; 0, the default, is no limit. */
    public Settings rateLimit(int requestsPerHour) {
        rateLimit = requestsPerHour;
        return this;
    }

    /** Answers under a rate limit carry X-RateLimit-*, and a 429 Retry-After. On by default. */
    public Settings rateLimitHeaders(boolean on) {
        rateLimitHeaders = on;
        return this;
    }

    /** Largest body of a table request in bytes; 10 MB by default. */
    public Settings maxBodyBytes(long bytes) {
        maxBodyBytes = bytes;
        return this;
    }

    /** Largest attachment in bytes; unlimited by default, then {@code com.glide.attachment.max_size} (MB) counts. */
    public Settings maxAttachmentBytes(long bytes) {
        maxAttachmentBytes = bytes;
        return this;
    }

    /** The status of a body that is too large, which the documentation leaves open; 400 by default. */
    public Settings tooLargeStatus(int status) {
        tooLargeStatus = status;
        return this;
    }

    /** While files can't be scanned they can't be downloaded either: 403, though the documentation names no status. Off by default. */
    public Settings antivirusDown(boolean on) {
        antivirusDown = on;
        return this;
    }

    /** The API user's time zone, for display values; UTC by default. */
    public Settings displayZone(ZoneId zone) {
        displayZone = zone;
        return this;
    }

    /** The API user may not read the table: no rows of a task table, 403 on any other. */
    public Settings unreadable(String table, boolean on) {
        return turn(unreadable, table, on);
    }

    /** The API user may not insert, update or delete in the table: 403. */
    public Settings unwritable(String table, boolean on) {
        return turn(unwritable, table, on);
    }

    /** The API user does not see the record, yet X-Total-Count counts it. */
    public Settings hidden(String sysId, boolean on) {
        return turn(hidden, sysId, on);
    }

    /** Writes of the API user to the column are ignored silently. */
    public Settings ignoredColumn(String table, String column, boolean on) {
        return turn(ignoredColumns, table + '.' + column, on);
    }

    /** The API user may not compare the table's column by more than equality, nor sort by it: {@code query_range} is refused. */
    public Settings rangeRefused(String table, String column, RangeRefusal how) {
        rangesRefused.computeIfAbsent(table, name -> new ConcurrentHashMap<>()).put(column, how);
        return this;
    }

    /** Takes back every {@link #rangeRefused}. */
    public Settings rangesAllowed() {
        rangesRefused.clear();
        return this;
    }

    /** The API user may write the column, and not read it. Queries by it are answered as ever. */
    public Settings unreadableColumn(String table, String column, Unreadable how) {
        unreadableColumns.put(table + '.' + column, how);
        return this;
    }

    public Settings readableColumn(String table, String column) {
        unreadableColumns.remove(table + '.' + column);
        return this;
    }

    /** A business rule of that name aborts a save with 403 when the predicate holds for the record to be saved. */
    public Settings abortWhen(String table, String rule, Predicate<Map<String, String>> when) {
        aborts.add(new AbortRule(table, rule, when));
        return this;
    }

    /** Removes every rule of {@link #abortWhen}. */
    public Settings abortNothing() {
        aborts.clear();
        return this;
    }

    /** The states that end a record of the table, which the dictionary's attribute {@code close_states} says on a real instance. */
    public Settings closeStates(String table, String... states) {
        closeStates.put(table, Set.of(states));
        return this;
    }

    Set<String> closeStates(String table, Set<String> shipped) {
        return closeStates.getOrDefault(table, shipped);
    }

    private Settings turn(Set<String> names, String name, boolean on) {
        if (on) {
            names.add(name);
        } else {
            names.remove(name);
        }
        return this;
    }

    boolean isReadable(TableDefinition table) {
        return !unreadable.contains(table.name);
    }

    boolean isWritable(TableDefinition table) {
        return !unwritable.contains(table.name);
    }

    boolean isVisible(Row row) {
        return !hidden.contains(row.sysId()) && isReadable(row.table);
    }

    /** The columns of which the user may query no range. */
    Map<String, RangeRefusal> rangeRefusals(TableDefinition table) {
        Map<String, RangeRefusal> refused = new HashMap<>();
        rangesRefused.forEach((name, columns) -> {
            if (table.isA(name)) {
                refused.putAll(columns);
            }
        });
        return refused;
    }

    boolean ignoresWrites(String table, String column) {
        return ignoredColumns.contains(table + '.' + column);
    }

    /** Null if it may be read. */
    Unreadable unreadable(Row row, Column column) {
        return row == null ? null : unreadableColumns.get(row.table.name + '.' + column.name());
    }

    void abort(Change change) {
        for (AbortRule rule : aborts) {
            if (change.table.isA(rule.table) && rule.when.test(change.preview())) {
                throw Refusal.businessRule(change.table.name, rule.name, SysIds.of(rule.name));
            }
        }
    }
}
