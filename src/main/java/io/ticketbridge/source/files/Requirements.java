package io.ticketbridge.source.files;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.finding.Control;
import io.ticketbridge.finding.StorableText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The controls of a finding: the source's own first, then the requirements in one order whatever the producer's. */
final class Requirements {
    private static final Comparator<Control> ORDER =
            Comparator.comparing(Control::framework).thenComparing(Control::id);

    private final Set<Control> requirements = new TreeSet<>(ORDER);

    void add(String framework, String id, String title) {
        if (!framework.isBlank() && !id.isBlank()) {
            requirements.add(new Control(framework, id, title));
        }
    }

    private void add(String framework, String id) {
        add(framework, id, "");
    }

    /** Prowler's {@code {"CIS-1.4": ["1.20"]}}. */
    Requirements addByFramework(JsonNode compliance) {
        compliance.properties().forEach(field -> Fields.texts(field.getValue())
                .forEach(id -> add(StorableText.of(field.getKey()), id)));
        return this;
    }

    /** Bare strings next to a list of standards: {@code "CIS-1.4 1.20"}, {@code "PCI DSS v3.2.1/7.2.1"}. */
    Requirements addTexts(List<String> standards, List<String> texts) {
        texts.forEach(text -> addText(standards, text));
        return this;
    }

    private void addText(List<String> standards, String text) {
        for (String standard : standards) {
            if (text.startsWith(standard + " ")) {
                add(standard, text.substring(standard.length() + 1));
                return;
            }
        }
        int cut = Math.max(text.lastIndexOf('/'), text.indexOf('/') < 0 ? text.lastIndexOf(' ') : -1);
        if (cut > 0 && cut < text.length() - 1) {
            add(text.substring(0, cut), text.substring(cut + 1));
        } else {
            add(standards.size() == 1 ? standards.get(0) : "requirement", text);
        }
    }

    List<Control> after(Control own) {
        List<Control> controls = new ArrayList<>(requirements.size() + 1);
        controls.add(own);
        controls.addAll(requirements);
        return controls;
    }
}
