package io.ticketbridge.source.workloadprotection;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * Some resources of a control.
 *
 * @param gap why the list that ends here does not name all; empty if it does, or goes on
 */
record ResourcePage(PostureControl control, List<JsonNode> resources, Optional<Gap> gap, boolean endsControl) {

    /** @param missing whether resources were not read; else the list is only no proof that there are no others */
    record Gap(String why, boolean missing) {}
}
