package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Something with an ETag that changes at each write. Whose it is guards it. */
final class Entry {
    final ObjectNode json;
    long version;

    Entry(ObjectNode json, long version) {
        this.json = json;
        this.version = version;
    }

    /** Forty hexadecimal digits without quotes, as in the vendor's examples for cases. */
    String etag() {
        return Etags.of(json.path("id").asText(), version);
    }

    /** In quotes, as in the vendor's examples for alerts and their notes. */
    String quotedEtag() {
        return '"' + etag().substring(0, 32) + '"';
    }
}
