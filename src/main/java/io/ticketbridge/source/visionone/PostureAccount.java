package io.ticketbridge.source.visionone;

import static io.ticketbridge.source.visionone.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A cloud account as Cloud Posture knows it (vision-one.md, section 5.4).
 *
 * @param id its UUID there, which every check names and which never changes: it is the account of the findings
 * @param name what people call it; may change
 * @param number what the cloud calls it: an AWS account id, an Azure subscription id and so on, or empty
 */
record PostureAccount(String id, String name, String number) {
    private static final List<String> NUMBERS =
            List.of("awsAccountId", "azureSubscriptionId", "gcpProjectId", "ociCompartmentId", "alibabaAccountId");

    static PostureAccount of(JsonNode account) {
        String number = NUMBERS.stream()
                .map(name -> text(account, name))
                .filter(each -> !each.isBlank())
                .findFirst()
                .orElse("");
        return new PostureAccount(text(account, "id"), text(account, "name"), number);
    }

    /** Each account is a scope of its own: one may be read to its end while another can't be read at all. */
    String scope(String instance) {
        return CloudPosture.scope(instance) + "/" + id;
    }

    /** For people: its name and number, as far as they are known. */
    String label() {
        return name.isBlank() || number.isBlank() ? name + number : name + ", " + number;
    }
}
