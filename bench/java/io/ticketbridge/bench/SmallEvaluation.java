package io.ticketbridge.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.finding.Digest;
import java.io.Serializable;
import java.util.List;

/**
 * An evaluation as the peers hand it on: small, for they store it serialised.
 *
 * @param identity a digest over what never changes of it
 * @param content a digest over what a ticket shows of it
 * @param controls the controls that it serves
 */
record SmallEvaluation(
        String identity, String content, boolean failed, String resource, String title, List<String> controls)
        implements Serializable {
    static SmallEvaluation of(JsonNode evaluation, String scope, List<String> controls) {
        JsonNode assessment = evaluation.path("assessment");
        JsonNode target = evaluation.path("target");
        String status = evaluation.path("status").asText();
        String title = assessment.path("assessment_description").asText();
        return new SmallEvaluation(
                digest(scope, target.path("account_id"), assessment.path("assessment_id"), target.path("resource_crn")),
                digest(
                        title,
                        evaluation.path("status"),
                        target.path("service_display_name"),
                        evaluation.path("component_name")),
                status.equals("failure"),
                target.path("resource_name").asText(),
                title,
                controls);
    }

    private static String digest(String first, JsonNode... more) {
        String[] values = new String[more.length + 1];
        values[0] = first;
        for (int value = 0; value < more.length; value++) {
            values[value + 1] = more[value].asText();
        }
        return Digest.of(values).toString();
    }
}
