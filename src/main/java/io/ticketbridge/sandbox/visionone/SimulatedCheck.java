package io.ticketbridge.sandbox.visionone;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A check of the simulated Cloud Posture as it was when it was asked for. @param json as the API answers it */
public record SimulatedCheck(ObjectNode json) {

    public String id() {
        return text("id");
    }

    public String accountId() {
        return text("accountId");
    }

    public String ruleId() {
        return text("ruleId");
    }

    public String resource() {
        return text("resource");
    }

    public boolean fails() {
        return text("status").equals("FAILURE");
    }

    public boolean isSuppressed() {
        return json.path("suppressed").asBoolean();
    }

    /** Whether it fails, and somebody is to do something about it. */
    public boolean isOpen() {
        return fails() && !isSuppressed() && !json.path("notScored").asBoolean();
    }

    /** Any field as text; empty where there is none. */
    public String text(String field) {
        return json.path(field).asText();
    }
}
