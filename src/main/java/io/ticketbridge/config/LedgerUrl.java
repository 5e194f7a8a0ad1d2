package io.ticketbridge.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a URL of the ledger may look like: a file of H2, or a database of PostgreSQL whose password is in a setting of its own. */
public final class LedgerUrl {
    private static final Pattern H2_FILE = Pattern.compile("jdbc:h2:(?:file:)?((?:[.~/]|[A-Za-z]:[/\\\\])[^;]*).*");
    private static final Pattern USER_INFO = Pattern.compile("jdbc:postgresql://[^?]*@.*");
    private static final String HOST = "(?:\\[[^/?@\\]]*]|[^/?@:,]*)(?::\\d{1,5})?";

    /** What the driver can read. One that it can't it prints to its own log, with a password that is in it. */
    private static final Pattern POSTGRESQL =
            Pattern.compile("jdbc:postgresql:(?://" + HOST + "(?:," + HOST + ")*/)?[^/?]*(?:\\?.*)?");

    private LedgerUrl() {}

    static Type<String> type() {
        return Type.of("a JDBC URL", value -> {
            require(value);
            return value;
        });
    }

    /** @return what is wrong with it, as the end of a sentence, and what to write instead; empty if it can be used */
    public static String fault(String url) {
        try {
            require(url);
            return "";
        } catch (Refused e) {
            return e.rule() + ": " + e.remedy();
        }
    }

    /** The file that it names, as it is written there; empty if it names none. */
    public static Optional<String> file(String url) {
        Matcher matcher = H2_FILE.matcher(url);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static void require(String url) throws Refused {
        if (!url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:postgresql:")) {
            throw new Refused(
                    "must begin with jdbc:h2: or jdbc:postgresql:", "write jdbc:postgresql://HOST:5432/DATABASE, say");
        }
        if (url.startsWith("jdbc:h2:") && file(url).isEmpty()) {
            // Nothing else has the files that keep two runs, or a moved ledger, apart.
            throw new Refused(
                    "must name a file of H2 by a path that begins with ./ or ~/ or / or a drive",
                    "write jdbc:h2:file:./data/ticketbridge, say");
        }
        if (USER_INFO.matcher(url).matches()) {
            throw new Refused(
                    "must hold no user and no password before the host",
                    "write jdbc:postgresql://HOST:5432/DATABASE and give both apart: ticketbridge.database.user and .password,"
                            + " --from-user and --from-password-file");
        }
        if (url.startsWith("jdbc:postgresql:") && !POSTGRESQL.matcher(url).matches()) {
            throw new Refused(
                    "must name a host, or several with commas, a port of digits and a database",
                    "write jdbc:postgresql://HOST:5432/DATABASE, say");
        }
    }
}
