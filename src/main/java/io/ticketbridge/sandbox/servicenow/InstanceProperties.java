package io.ticketbridge.sandbox.servicenow;

/** The instance's {@code sys_properties}: the records are the truth. */
final class InstanceProperties {

    private final Store store;

    InstanceProperties(Store store) {
        this.store = store;
    }

    /** The value, or "" without such a property. */
    String value(String name) {
        return store.lookup("sys_properties", "name", name).stream()
                .map(row -> row.get("value"))
                .findFirst()
                .orElse("");
    }

    boolean isTrue(String name) {
        return value(name).equalsIgnoreCase("true");
    }
}
