package io.ticketbridge.ledger.database;

import io.ticketbridge.config.LedgerUrl;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;

/** The files of a ledger that H2 keeps: what its URL names, with an ending for each. */
public final class H2File {
    private final String name;

    private H2File(String name) {
        this.name = name;
    }

    /** Empty for a ledger that is in no file. */
    public static Optional<H2File> of(String url) {
        return LedgerUrl.file(url)
                .map(name ->
                        new H2File(name.replaceFirst("^~", Matcher.quoteReplacement(System.getProperty("user.home")))));
    }

    /** The database itself. */
    public Path data() {
        return beside(".mv.db");
    }

    public Path beside(String ending) {
        return Path.of(name + ending).toAbsolutePath().normalize();
    }

    @Override
    public String toString() {
        return name;
    }
}
