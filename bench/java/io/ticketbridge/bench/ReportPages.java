package io.ticketbridge.bench;

import io.ticketbridge.bench.Estate.Change;
import java.nio.charset.StandardCharsets;

/**
 * The pages of a report, in the form of the SCC results API. What evaluations of one check have in common is ready as bytes, so that
 * a page costs little more than copying it.
 */
final class ReportPages {
    private static final int NEW_RESOURCE = 50_000_000;
    private static final byte[] FAILURE = bytes("failure");
    private static final byte[] COMMA = bytes(",");
    private static final byte[] PASS = bytes("pass");

    private final Estate estate;
    private final Report report;
    private final byte[][] beginnings;
    private final byte[][] targets;
    private final byte[][] services;
    private final byte[][] ends;

    ReportPages(Estate estate, Report report) {
        this.estate = estate;
        this.report = report;
        beginnings = new byte[estate.checks()][];
        ends = new byte[estate.checks()][];
        for (int check = 0; check < estate.checks(); check++) {
            beginnings[check] = bytes(beginning(check));
            ends[check] = bytes(end(check));
        }
        services = new byte[Estate.SERVICES][];
        targets = new byte[Estate.SERVICES * Estate.regions()][];
        for (int service = 0; service < Estate.SERVICES; service++) {
            String name = Estate.service(service);
            services[service] = bytes("\",\"account_id\":\"59bcbfa6ea2f006b4ed7094c1a08dcdd\",\"service_name\":\""
                    + name + "\",\"service_display_name\":\"" + name);
            for (int region = 0; region < Estate.regions(); region++) {
                targets[service * Estate.regions() + region] = bytes("crn:v1:bluemix:public:" + name + ":"
                        + Estate.region(region) + ":a/59bcbfa6ea2f006b4ed7094c1a08dcdd:"
                        + "1a0ec336-f391-4091-a6fb-5e084a4c56f4:resource:r-");
            }
        }
    }

    /** Adds the evaluations from one on, at most so many. */
    void page(Bytes page, int from, int limit, String address) {
        int total = estate.shape().findings();
        int to = Math.min(total, from + limit);
        page.put("{\"limit\":" + limit + ",\"total_count\":" + total + ",\"first\":{\"href\":\"" + address + "?limit="
                + limit + "\"}");
        if (to < total) {
            page.put(",\"next\":{\"href\":\"" + address + "?limit=" + limit + "&start=" + to + "\",\"start\":\"" + to
                    + "\"}");
        }
        page.put(",\"report_id\":\"" + report.id()
                + "\",\"home_account_id\":\"be200c80cabc456e91139e4152327456\",\"evaluations\":[");
        for (int index = from; index < to; index++) {
            if (index > from) {
                page.put(COMMA);
            }
            evaluation(page, index);
        }
        page.put("]}");
    }

    private void evaluation(Bytes page, int index) {
        Change change = report.changed() ? estate.changeOf(index) : Change.NONE;
        int check = estate.checkOf(index);
        int resource = estate.resourceOf(index);
        int service = Estate.serviceOf(resource);
        byte[] target = targets[service * Estate.regions() + Estate.regionOf(resource)];
        int number = change == Change.RESOURCE ? resource + NEW_RESOURCE : resource;
        boolean fails = estate.fails(index) != (change == Change.RESULT);
        page.put(beginnings[check])
                .put(index / 60 % 60, 2)
                .put(":")
                .put(index % 60, 2)
                .put(".")
                .put(index + report.number(), 9)
                .put("Z\",\"target\":{\"id\":\"")
                .put(target)
                .put(number, 8)
                .put(services[service])
                .put(change == Change.CONTENT ? " (renamed)" : "")
                .put("\",\"resource_crn\":\"")
                .put(target)
                .put(number, 8)
                .put("\",\"resource_name\":\"resource-")
                .put(number, 8)
                .put(
                        "\",\"tags\":{\"user\":[\"env:prod\",\"team:payments\"],\"access\":[],\"service\":[]}},\"status\":\"")
                .put(fails ? FAILURE : PASS)
                .put(ends[check]);
    }

    private String beginning(int check) {
        return "{\"report_id\":\"" + report.id()
                + "\",\"home_account_id\":\"be200c80cabc456e91139e4152327456\",\"component_id\":\""
                + component(check) + "\",\"component_name\":\"" + component(check)
                + "\",\"assessment\":{\"assessment_id\":\""
                + Estate.checkId(check)
                + "\",\"assessment_type\":\"automated\",\"assessment_method\":\"ibm-cloud-rule\",\"assessment_description\":\""
                + description(check) + "\",\"parameter_count\":1,\"parameters\":[{\"parameter_name\":\"allowed_"
                + check + "\",\"parameter_display_name\":\"Allowed values\",\"parameter_type\":\"string_list\","
                + "\"parameter_value\":[\"private\",\"us-south\"]}]},\"evaluate_time\":\""
                + report.created().toString().substring(0, 14);
    }

    private static String end(int check) {
        return "\",\"reason\":\"One or more conditions in rule " + Estate.checkId(check)
                + " were not met\",\"details\":{\"properties\":[{\"property\":\"setting_" + check
                + "\",\"property_description\":\"The setting that the rule looks at\",\"operator\":\"string_equals\","
                + "\"expected_value\":\"private\",\"found_value\":\"public\"}],\"provider_info\":{\"provider_type\":"
                + "\"config\"}},\"evaluated_by\":\"compliance-scanner@example.com\"}";
    }

    private String component(int check) {
        return Estate.service(estate.serviceOfCheck(check));
    }

    private String description(int check) {
        return "Check whether " + component(check) + " is configured as rule " + check + " of the baseline asks for";
    }

    /** The controls, each with the checks that serve it. */
    void controls(Bytes answer) {
        answer.put("{\"report_id\":\"" + report.id()
                + "\",\"home_account_id\":\"be200c80cabc456e91139e4152327456\",\"controls\":[");
        int check = 0;
        for (int control = 0; control < estate.shape().controls(); control++) {
            answer.put((control == 0 ? "" : ",") + "{\"report_id\":\"" + report.id() + "\",\"id\":\""
                    + Estate.controlId(control) + "\",\"control_name\":\"AC-" + control
                    + "\",\"control_description\":\"Access is restricted as requirement " + control
                    + " says\",\"control_category\":\"Access Control\",\"control_specifications\":[");
            for (String comma = ""; check < estate.checks() && estate.controlOf(check) == control; check++) {
                answer.put(comma + "{\"control_specification_id\":\"" + check + "\",\"component_id\":\""
                        + component(check)
                        + "\",\"component_name\":\"" + component(check) + "\",\"assessments\":[{\"assessment_id\":\""
                        + Estate.checkId(check) + "\",\"assessment_type\":\"automated\",\"assessment_description\":\""
                        + description(check) + "\"}]}");
                comma = ",";
            }
            answer.put("],\"status\":\"not_compliant\"}");
        }
        answer.put("]}");
    }

    /** The answer about the newest reports: this one. */
    void latest(Bytes answer) {
        int total = estate.shape().findings();
        answer.put("{\"home_account_id\":\"be200c80cabc456e91139e4152327456\",\"reports\":[{\"id\":\"" + report.id()
                + "\",\"type\":\"scheduled\",\"group_id\":\"55b6-b3A4-432250b84669\",\"created_on\":\""
                + report.created()
                + "\",\"scan_time\":\"" + report.created()
                + "\",\"profile\":{\"id\":\"44a5\",\"name\":\"IBM Cloud Framework for Financial Services\",\"version\":\"1.7.0\"},"
                + "\"evaluations_summary\":{\"status\":\"not_compliant\",\"total_count\":" + total + "}}]}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
