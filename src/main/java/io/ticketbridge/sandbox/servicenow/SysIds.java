package io.ticketbridge.sandbox.servicenow;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;

/** Makes sys_ids and tokens, the same ones for the same seed. Safe for use by several threads. */
final class SysIds {

    private static final HexFormat HEX = HexFormat.of();

    private final Random random;

    SysIds(long seed) {
        this.random = new Random(seed);
    }

    /** 32 lower-case hexadecimal digits. */
    String next() {
        synchronized (random) {
            return HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
        }
    }

    /** An opaque text as tokens have. */
    String token() {
        return next().substring(0, 22) + '_' + next() + "-SANDBOX";
    }

    /** Always the same for the same name. */
    static String of(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }
}
