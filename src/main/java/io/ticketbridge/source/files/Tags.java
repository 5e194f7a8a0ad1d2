package io.ticketbridge.source.files;

import static io.ticketbridge.source.files.Fields.text;
import static io.ticketbridge.source.files.Fields.texts;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.finding.StorableText;
import java.util.ArrayList;
import java.util.List;

/** The tags of a resource as {@code name:value}, for routing by tag. */
final class Tags {
    private Tags() {}

    /** OCSF's {@code labels} are strings, its {@code tags} objects of name and value; ASFF's {@code Tags} are one object. */
    static List<String> of(JsonNode resource) {
        List<String> tags = new ArrayList<>(texts(resource.path("labels")));
        resource.path("tags").forEach(tag -> tags.add(text(tag, "name") + ":" + text(tag, "value")));
        resource.path("Tags")
                .properties()
                .forEach(tag -> tags.add(StorableText.of(tag.getKey()) + ":" + text(tag.getValue())));
        return tags;
    }
}
