package io.ticketbridge.config;

import java.util.Locale;

/** How the constant of an enum is written in a setting: {@code OAUTH_PASSWORD} is {@code oauth-password}. */
final class Words {
    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
