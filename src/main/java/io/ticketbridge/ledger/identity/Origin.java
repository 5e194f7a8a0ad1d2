package io.ticketbridge.ledger.identity;

import java.util.UUID;

/**
 * Which system a flow reads, and what that is called in the scopes of its findings.
 *
 * @param source the kind of source
 * @param instance its NAME in the settings; empty where the kind has none
 * @param scope what its findings' scopes are, or begin with; empty where they come from what is read
 * @param address a digest of where it is
 * @param owner the tenant or instance there, in its own words; empty where nothing says so
 */
public record Origin(String source, String instance, String scope, UUID address, String owner) {

    /** Whether what was read of the other is read of this one, under the same ids. */
    boolean isSameAs(Origin other) {
        return source.equals(other.source)
                && (scope.isEmpty()
                        ? other.scope.isEmpty() && address.equals(other.address)
                        : scope.equals(other.scope) && !isKnownToDiffer(other));
    }

    /**
     * Whether the other is this one under another name.
     *
     * @param isNameTaken whether the settings still have an instance of the other's name
     */
    public boolean wasCalled(Origin other, boolean isNameTaken) {
        boolean isNamed = source.equals(other.source) && !scope.isEmpty() && !other.scope.isEmpty();
        if (!isNamed || scope.equals(other.scope)) {
            return false;
        }
        return !owner.isEmpty() && !other.owner.isEmpty()
                ? owner.equals(other.owner)
                : address.equals(other.address) && (instance.equals(other.instance) || !isNameTaken);
    }

    private boolean isKnownToDiffer(Origin other) {
        return !owner.isEmpty() && !other.owner.isEmpty() && !owner.equals(other.owner);
    }

    /** For people. */
    public String said() {
        return instance.isEmpty() ? source : source + " " + instance;
    }
}
