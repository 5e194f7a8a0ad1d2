package io.ticketbridge.config;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A password, token or key. Its text shows only where {@link #reveal} is called: never in a log, an error or a page (P37). One
 * that came from a file follows that file, so whoever uses it asks for it each time and keeps no copy. Thread-safe.
 */
public final class Secret {
    public static final Secret NONE = new Secret("", null);

    private final SecretFile file;
    private volatile List<String> texts;

    private Secret(String text, SecretFile file) {
        this.texts = List.of(text);
        this.file = file;
    }

    public static Secret of(String text) {
        return text == null || text.isEmpty() ? NONE : new Secret(text, null);
    }

    /** The same, following the file that it was read from. */
    Secret from(SecretFile origin) {
        return isEmpty() ? this : new Secret(now(), origin);
    }

    /** As it is now. */
    public String reveal() {
        if (file != null) {
            file.ifChanged(this::take);
        }
        return now();
    }

    /** All that it has been since the start, the newest first: what is masked. */
    public List<String> everRevealed() {
        return texts;
    }

    private void take(String text) {
        if (!text.equals(now())) {
            texts = Stream.concat(Stream.of(text), texts.stream()).distinct().toList();
            file.sayTaken();
        }
    }

    private String now() {
        return texts.get(0);
    }

    public boolean isEmpty() {
        return now().isEmpty();
    }

    @Override
    public String toString() {
        return isEmpty() ? "" : "***";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.now().equals(now());
    }

    @Override
    public int hashCode() {
        return Objects.hash(now());
    }
}
