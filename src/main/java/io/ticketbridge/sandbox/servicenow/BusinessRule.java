package io.ticketbridge.sandbox.servicenow;

/** What the server does to a record before it is saved; a {@link Refusal} stops the save. */
@FunctionalInterface
interface BusinessRule {
    void apply(Change change);
}
