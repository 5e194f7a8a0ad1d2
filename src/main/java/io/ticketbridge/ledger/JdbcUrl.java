package io.ticketbridge.ledger;

import java.util.Locale;

/**
 * Adds to the ledger's URL what it needs: for an H2 file sharing, and commits that survive a killed process; for PostgreSQL
 * batches that are sent as such.
 */
final class JdbcUrl {
    private JdbcUrl() {}

    static String effective(String url) {
        if (url.startsWith("jdbc:postgresql:")) {
            // A page's inserts in a few statements of many rows: a fifth faster.
            String option = "reWriteBatchedInserts";
            return url.contains(option) ? url : url + (url.contains("?") ? "&" : "?") + option + "=true";
        }
        if (!url.startsWith("jdbc:h2:")) {
            return url;
        }
        String effective = url;
        if (url.startsWith("jdbc:h2:file:") || url.matches("jdbc:h2:[.~/].*")) {
            effective = with(effective, "AUTO_SERVER", "TRUE");
            // The default keeps commits in memory for half a second: a kill would take an intent with it.
            effective = with(effective, "WRITE_DELAY", "0");
            // Where the folder can't be written, the trace file can't be either, and H2 prints a stack trace about
            // that.
            effective = with(effective, "TRACE_LEVEL_FILE", "0");
        }
        return effective;
    }

    private static String with(String url, String option, String value) {
        return url.toUpperCase(Locale.ROOT).contains(";" + option + "=") ? url : url + ";" + option + "=" + value;
    }
}
