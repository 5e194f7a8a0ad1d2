package io.ticketbridge.source.files;

import java.io.IOException;

/** The input is no findings file that can be read. The message is one line: file, place, cause and cure, or what is accepted. */
public class NotAFindingsFile extends IOException {
    private static final String ACCEPTED =
            "Accepted are JSON files (plain or gzip) of Prowler json-ocsf, OCSF Compliance Finding or ASFF records.";

    NotAFindingsFile(String message) {
        super(message);
    }

    NotAFindingsFile(String name, long line, long column, String cause) {
        super(name + ", line " + line + ", column " + column + ": " + cause + ". " + ACCEPTED);
    }
}
