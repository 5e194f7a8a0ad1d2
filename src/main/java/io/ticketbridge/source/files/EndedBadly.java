package io.ticketbridge.source.files;

/** The file stops before its JSON does, or goes on with something else. */
class EndedBadly extends Exception {
    EndedBadly(Place place, String cause) {
        super(place + ": " + cause);
    }
}
