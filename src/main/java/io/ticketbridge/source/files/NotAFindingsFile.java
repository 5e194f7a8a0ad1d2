package io.ticketbridge.source.files;

import java.io.IOException;

/** The input is not a findings file at all. The message is one line: file, place, cause and what is accepted. */
public class NotAFindingsFile extends IOException {
    private static final String ACCEPTED =
            "Accepted are JSON files (plain or gzip) of Prowler json-ocsf, OCSF Compliance Finding or ASFF records.";

    NotAFindingsFile(String name, long line, long column, String cause) {
        super(name + ", line " + line + ", column " + column + ": " + cause + ". " + ACCEPTED);
    }
}
