package io.ticketbridge.sandbox.control;

import java.io.IOException;

/** Something that a person does to a simulated system. */
@FunctionalInterface
interface Action {

    /**
     * @return what was done, a sentence
     * @throws IllegalArgumentException when the form asks for what is not there
     * @throws IllegalStateException when a rule of the simulated system forbids it
     */
    String apply(Form form) throws IOException;
}
