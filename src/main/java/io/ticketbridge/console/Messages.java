package io.ticketbridge.console;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is said on the page after something was done. A link carries its name only, so that nobody else can put words there. */
final class Messages {
    private static final int KEPT = 100;

    private final Map<String, String> texts = new LinkedHashMap<>();
    private final SecureRandom random = new SecureRandom();

    /** @return the name under which it is found */
    synchronized String keep(String text) {
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        String name = HexFormat.of().formatHex(bytes);
        texts.put(name, text);
        if (texts.size() > KEPT) {
            texts.remove(texts.keySet().iterator().next());
        }
        return name;
    }

    /** Null if there is none of that name. */
    synchronized String get(String name) {
        return texts.get(name);
    }
}
