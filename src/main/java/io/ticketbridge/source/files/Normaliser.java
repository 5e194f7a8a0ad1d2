package io.ticketbridge.source.files;

import com.fasterxml.jackson.databind.JsonNode;

/** A pure function from a record of one format to findings. */
@FunctionalInterface
interface Normaliser {
    /** @throws Unfit if the record lacks what a finding's identity or result needs */
    Normalised normalise(JsonNode record) throws Unfit;
}
