package io.ticketbridge.sandbox.servicenow;

/** Who acts, and whether through the API (which has fewer rights than a person at the screen). */
record Actor(String userName, String sysId, boolean throughApi) {}
