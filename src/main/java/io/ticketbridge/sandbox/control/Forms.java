package io.ticketbridge.sandbox.control;

import java.util.List;

/** Makes the page's forms: each a POST with the token of this start. */
final class Forms {
    private final String token;

    Forms(String token) {
        this.token = token;
    }

    /**
     * @param back the id of the place on the page to come back to
     * @param hidden names and values in turn
     */
    Element form(String action, String back, String... hidden) {
        Element form = Element.of("form", "method", "post", "action", "/do/" + action);
        form.add(hidden("token", token), hidden("back", back));
        for (int i = 0; i < hidden.length; i += 2) {
            form.add(hidden(hidden[i], hidden[i + 1]));
        }
        return form;
    }

    /** A form that is one button. */
    Element button(String label, String action, String back, String... hidden) {
        return form(action, back, hidden).add(submit(label));
    }

    static Element submit(String label) {
        return Element.of("button", "type", "submit").text(label);
    }

    /** A button that says which of several it was. */
    static Element submit(String label, String name, String value) {
        return Element.of("button", "type", "submit", "name", name, "value", value)
                .text(label);
    }

    static Element field(String name, String placeholder) {
        return Element.of("input", "type", "text", "name", name, "placeholder", placeholder, "aria-label", placeholder);
    }

    static Element choice(String name, String label, List<String> values, String chosen) {
        Element select = Element.of("select", "name", name, "aria-label", label);
        for (String value : values) {
            select.add(Element.of("option", "value", value)
                    .is("selected", value.equals(chosen))
                    .text(value));
        }
        return select;
    }

    private static Element hidden(String name, String value) {
        return Element.of("input", "type", "hidden", "name", name, "value", value);
    }
}
