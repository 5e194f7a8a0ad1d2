package io.ticketbridge.sandbox.servicenow;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The {@code Link} header of a list, with the oddities of a real one: {@code prev} is always there, even below zero. */
final class PageLinks {

    private final Call call;
    private final Settings settings;
    private final int limit;

    PageLinks(Call call, Settings settings, int limit) {
        this.call = call;
        this.settings = settings;
        this.limit = limit;
    }

    String header(int offset, int total) {
        List<String> links = new ArrayList<>();
        links.add(link(0, "first"));
        links.add(link(offset - limit, "prev"));
        if ((long) offset + limit < total) {
            links.add(link(offset + limit, "next"));
        }
        links.add(link(limit == 0 ? 0 : Math.max(0, (total - 1) / limit * limit), "last"));
        return String.join(",", links);
    }

    private String link(int offset, String relation) {
        List<String> parameters = new ArrayList<>();
        String paging = "sysparm_offset=" + offset;
        if (settings.linkOffsetFirst) {
            parameters.add(paging);
        }
        call.query.forEach((name, values) -> {
            if (!name.equals("sysparm_offset")) {
                values.forEach(value -> parameters.add(name + '=' + encoded(value)));
            }
        });
        if (!call.query.containsKey("sysparm_limit")) {
            parameters.add("sysparm_limit=" + limit);
        }
        if (!settings.linkOffsetFirst) {
            parameters.add(paging);
        }
        return '<' + call.origin + call.path + '?' + String.join("&", parameters) + ">;rel=\"" + relation + '"';
    }

    private String encoded(String value) {
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
        return settings.linkCommasEncoded ? encoded : encoded.replace("%2C", ",");
    }
}
