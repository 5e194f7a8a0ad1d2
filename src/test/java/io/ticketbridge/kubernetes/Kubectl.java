package io.ticketbridge.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** kubectl, without a cluster: what it would send to one. A test that needs it is skipped where it is not there. */
final class Kubectl {
    private static final int OLDEST_KUSTOMIZE = 5;
    private static final boolean FITS = fits();

    private Kubectl() {}

    /** @param folder of a {@code kustomization.yaml} */
    static Manifests render(Path folder) {
        return Manifests.of(run("kustomize", folder.toString()));
    }

    static String run(String... arguments) {
        assumeTrue(FITS, "No kubectl with Kustomize 5 or later on the PATH; the manifests are not rendered");
        Said said = ask(arguments);
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.err()).as("what kubectl warns of").isEmpty();
        return said.out();
    }

    private record Said(int exit, String out, String err) {}

    private static Said ask(String... arguments) {
        List<String> command = new ArrayList<>(List.of("kubectl"));
        command.addAll(List.of(arguments));
        try {
            Path errors = Files.createTempFile("kubectl", ".err");
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            String err = Files.readString(errors);
            Files.delete(errors);
            return new Said(exit, out, err);
        } catch (IOException e) {
            return new Said(-1, "", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Older ones don't name a version of Kustomize at all, or know no components. */
    private static boolean fits() {
        Matcher version = Pattern.compile("Kustomize Version: v(\\d+)")
                .matcher(ask("version", "--client").out());
        return version.find() && Integer.parseInt(version.group(1)) >= OLDEST_KUSTOMIZE;
    }
}
