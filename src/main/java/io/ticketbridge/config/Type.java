package io.ticketbridge.config;

/**
 * What a setting may hold.
 *
 * @param words how the documentation describes it
 * @param verbatim whether blanks around the value and an empty value count, as they do in templates and passwords
 */
record Type<T>(String words, boolean verbatim, Parser<T> parser) {
    interface Parser<T> {
        T parse(String value) throws Refused;
    }

    static <T> Type<T> of(String words, Parser<T> parser) {
        return new Type<>(words, false, parser);
    }

    T parse(String value) throws Refused {
        return parser.parse(verbatim ? value : value.strip());
    }
}
