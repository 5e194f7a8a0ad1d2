package io.ticketbridge.sandbox.control;

import java.util.Set;

/** An HTML element under construction. Whatever is put into it as text or attribute is escaped. */
final class Element {
    private static final Set<String> VOID = Set.of("input", "meta", "link", "br");

    private final String tag;
    private final StringBuilder attributes = new StringBuilder();
    private final StringBuilder content = new StringBuilder();

    private Element(String tag) {
        this.tag = tag;
    }

    /** @param attributes names and values in turn; names and tags are the page's own words */
    static Element of(String tag, String... attributes) {
        Element element = new Element(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            element.attributes
                    .append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(attributes[i + 1]))
                    .append('"');
        }
        return element;
    }

    Element is(String attribute, boolean on) {
        if (on) {
            attributes.append(' ').append(attribute);
        }
        return this;
    }

    Element text(String text) {
        content.append(escaped(text));
        return this;
    }

    Element add(Element... children) {
        for (Element child : children) {
            content.append(child);
        }
        return this;
    }

    Element add(Iterable<Element> children) {
        children.forEach(content::append);
        return this;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public String toString() {
        return "<" + tag + attributes + ">" + (VOID.contains(tag) ? "" : content + "</" + tag + ">");
    }
}
