package io.ticketbridge.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.testing.Scan;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The executable jar, started as the page on mail says, with a component beside it. */
class AddedComponentIT {
    private static final String SERVICE = "META-INF/services/org/apache/camel/component/smtp";

    @TempDir
    private Path folder;

    @Test
    void a_component_in_the_folder_is_found_with_the_class_path_of_the_page_and_not_with_java_jar() throws Exception {
        Path jar = Path.of(System.getProperty("crash.jar"));
        Path components = Files.createDirectories(folder.resolve("components"));
        write(components.resolve("postbox.jar"));
        try (Kitchen kitchen = Kitchen.with(folder, "notify-mail").follow()) {
            kitchen.plate();
            Path scan = Scan.of().ofSeverity(5).fails("ssh", "two").write(folder);
            List<String> arguments = List.of(
                    "import",
                    scan.toString(),
                    "--config",
                    kitchen.bridge().config().toString(),
                    "--routes",
                    kitchen.routes().toString());
            String classPath = Files.readAllLines(Recipe.FOLDER.resolve("notify-mail.md")).stream()
                    .filter(line -> line.strip().startsWith("java -cp"))
                    .findFirst()
                    .orElseThrow()
                    .strip()
                    .replace("'", "")
                    .replace("components/", components + "/")
                    .replace("ticketbridge.jar", jar.toString())
                    .replace(" run", "");

            assertThat(run(List.of("java", "-jar", jar.toString()), arguments)).contains("No endpoint could be found");
            assertThat(run(List.of(classPath.split(" ")), arguments))
                    .contains("MAILED ticketbridge@example.com to soc@example.com", "INC0010001: Rule ssh");
        }
    }

    private String run(List<String> command, List<String> arguments) throws Exception {
        List<String> line = new ArrayList<>(command);
        line.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(arguments);
        Process process = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private static void write(Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            String classes = "io/ticketbridge/recipes/Postbox";
            for (String name : List.of(classes + ".class", classes + "$Box.class", classes + "$Box$1.class", SERVICE)) {
                out.putNextEntry(new JarEntry(name));
                try (InputStream in = AddedComponentIT.class.getClassLoader().getResourceAsStream(name)) {
                    in.transferTo(out);
                }
            }
        }
    }
}
