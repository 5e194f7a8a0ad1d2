package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The people and accounts that create, own and change cases. An account's id follows from its name. */
final class People {
    static final List<String> ANALYSTS = List.of("Amy Analyst", "Ted Mosby", "Ines Okafor", "Jonas Lindqvist");
    static final String SYSTEM = "Trend Vision One";
    static final String API_KEY = "ServiceNow integration";

    private People() {}

    static ObjectNode named(String name) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id(name))
                .put("name", name)
                .put("email", mail(name));
    }

    static String mail(String name) {
        return name.toLowerCase(Locale.ROOT).replace(' ', '.') + "@example.com";
    }

    static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** The analyst with this account id, or somebody with that id and no known name. */
    static ObjectNode withId(String id) {
        return ANALYSTS.stream()
                .filter(name -> id(name).equals(id))
                .findFirst()
                .map(People::named)
                .orElseGet(() -> named("Account " + id).put("id", id));
    }
}
