package io.ticketbridge.finding;

import java.util.Objects;

/**
 * The thing that was checked.
 *
 * @param uid the source's immutable id of it (an ARN, a CRN, a case id); any length
 * @param name what people call it, or empty
 * @param type the source's type of it, or empty
 */
public record Resource(String uid, String name, String type) {
    public Resource {
        Objects.requireNonNull(uid, "uid");
        name = name == null ? "" : name;
        type = type == null ? "" : type;
    }
}
