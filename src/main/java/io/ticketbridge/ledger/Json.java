package io.ticketbridge.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Suppression;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.ticket.Agreement;
import io.ticketbridge.ticket.Head;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;

/** The few values that the ledger keeps as text: heads and the fields that were sent. */
public final class Json {
    private static final TypeReference<Map<String, Object>> ANYTHING = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> FIELDS = new TypeReference<>() {};
    /** NUL as JSON writes it, behind whole pairs of backslashes: a source may say the six letters themselves. */
    private static final Pattern NUL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addDeserializer(
                            Instant.class, new StdDelegatingDeserializer<>(new StdConverter<String, Instant>() {
                                @Override
                                public Instant convert(String text) {
                                    return Instant.parse(text);
                                }
                            })))
            .build();

    private Json() {}

    public static String write(Object value) {
        // PostgreSQL's text has no room for NUL, and no person needs it.
        String text = writeAsItIs(value);
        return text.contains("\\u0000") ? NUL.matcher(text).replaceAll("$1") : text;
    }

    public static String writeAsItIs(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "The ledger can't write " + value.getClass().getSimpleName(), e);
        }
    }

    public static Head head(String text) {
        return read(text, MAPPER.constructType(Head.class));
    }

    /** A record that one part of the ledger keeps, as {@link #write} wrote it. */
    public static <T> T read(String text, Class<T> type) {
        return read(text, MAPPER.constructType(type));
    }

    public static Finding finding(String text) throws JsonProcessingException {
        return MAPPER.readValue(text, Finding.class);
    }

    public static Unreadable unreadable(String text) throws JsonProcessingException {
        return MAPPER.readValue(text, Unreadable.class);
    }

    public static Agreement agreement(String text) {
        return read(text, MAPPER.constructType(Agreement.class));
    }

    public static Suppression suppression(String text) {
        return read(text, MAPPER.constructType(Suppression.class));
    }

    public static Map<String, Object> map(String text) {
        return read(text, MAPPER.constructType(ANYTHING.getType()));
    }

    public static Map<String, String> fields(String text) {
        return read(text, MAPPER.constructType(FIELDS.getType()));
    }

    private static <T> T read(String text, JavaType type) {
        try {
            return MAPPER.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The ledger holds a text that it can't read: " + e.getOriginalMessage(), e);
        }
    }
}
