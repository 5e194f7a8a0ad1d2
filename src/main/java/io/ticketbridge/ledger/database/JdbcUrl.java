package io.ticketbridge.ledger.database;

import java.util.Locale;

/**
 * Adds to the ledger's URL what it needs: for an H2 file sharing, and commits that survive a killed process; for PostgreSQL
 * batches that are sent as such, and an end to waiting where the network is cut.
 */
public final class JdbcUrl {
    private static final String SILENCE = "socketTimeout";

    /** In seconds. Longer than the longest statement on a large ledger; leases are over before. */
    private static final String LONGEST_SILENCE = "120";

    private static final String SHORT_SILENCE = "10";

    private JdbcUrl() {}

    private static boolean isPostgreSql(String url) {
        return url.startsWith("jdbc:postgresql:");
    }

    public static String effective(String url) {
        if (isPostgreSql(url)) {
            String effective = url;
            // A page's inserts in a few statements of many rows: a fifth faster.
            effective = withParameter(effective, "reWriteBatchedInserts", "true");
            // Where the network swallows what is sent, nobody says so: an answer that does not come ends the wait.
            effective = withParameter(effective, "connectTimeout", "10");
            effective = withParameter(effective, SILENCE, LONGEST_SILENCE);
            return withParameter(effective, "tcpKeepAlive", "true");
        }
        if (!url.startsWith("jdbc:h2:")) {
            return url;
        }
        String effective = url;
        if (H2File.of(url).isPresent()) {
            effective = with(effective, "AUTO_SERVER", "TRUE");
            // The default keeps commits in memory for half a second: a kill would take an intent with it.
            effective = with(effective, "WRITE_DELAY", "0");
            // Of each connection. With the eight of the default a delivery has each of its statements compiled anew.
            effective = with(effective, "QUERY_CACHE_SIZE", "64");
            // Where the folder can't be written, the trace file can't be either, and H2 prints a stack trace about
            // that.
            effective = with(effective, "TRACE_LEVEL_FILE", "0");
        }
        return effective;
    }

    /** The same for what may take as long as it takes. */
    public static String patient(String effective) {
        return withSilence(effective, "0");
    }

    /** The same for short statements alone: whoever waits for the end of one need not wait long. */
    static String hasty(String effective) {
        return withSilence(effective, SHORT_SILENCE);
    }

    private static String withSilence(String effective, String seconds) {
        return isPostgreSql(effective)
                ? effective.replaceAll("([?&])" + SILENCE + "=\\d+", "$1" + SILENCE + "=" + seconds)
                : effective;
    }

    private static String withParameter(String url, String name, String value) {
        return url.matches(".*[?&]" + name + "=.*") ? url : url + (url.contains("?") ? "&" : "?") + name + "=" + value;
    }

    private static String with(String url, String option, String value) {
        return url.toUpperCase(Locale.ROOT).contains(";" + option + "=") ? url : url + ";" + option + "=" + value;
    }
}
