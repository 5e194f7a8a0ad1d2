package io.ticketbridge.ledger;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of a ledger that H2 keeps: what its URL names, with an ending for each. */
public final class H2File {
    private static final Pattern URL = Pattern.compile("jdbc:h2:(?:file:)?([.~/][^;]*).*");

    private final String name;

    private H2File(String name) {
        this.name = name;
    }

    /** Empty for a ledger that is in no file. */
    public static Optional<H2File> of(String url) {
        Matcher matcher = URL.matcher(url);
        return matcher.matches()
                ? Optional.of(new H2File(
                        matcher.group(1).replaceFirst("^~", Matcher.quoteReplacement(System.getProperty("user.home")))))
                : Optional.empty();
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
