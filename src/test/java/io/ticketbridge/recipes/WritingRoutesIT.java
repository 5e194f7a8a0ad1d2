package io.ticketbridge.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.recipes.Page.Block;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/writing-routes.md shows of the jar: where its route files are, and a unit test that runs it. */
class WritingRoutesIT {
    private static final Page PAGE = Page.read(Path.of("docs", "writing-routes.md"));
    private static final String JAR = System.getProperty("crash.jar");

    @TempDir
    private Path folder;

    private static String block(String language, String containing) {
        return PAGE.blocks().stream()
                .filter(block -> block.language().equals(language))
                .map(Block::text)
                .filter(text -> text.contains(containing))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_jar_has_the_route_files_where_the_page_says() throws Exception {
        String place = block("sh", "unzip").replaceAll("(?s).*'(.*)\\*'.*", "$1");
        try (ZipFile jar = new ZipFile(JAR)) {
            assertThat(jar.stream())
                    .filteredOn(entry -> entry.getName().startsWith(place))
                    .hasSize(1);
        }
    }

    @Test
    void the_unit_test_of_the_page_passes_and_fails_without_the_filter() throws Exception {
        String source = block("java", "OurRoutesTest");
        assertThat(run(source, "${body.account} == '111122223333'")).isNull();
        assertThat(run(source, "${body.account} != ''")).isInstanceOf(AssertionError.class);
    }

    /** @return what the test threw, or null */
    private Throwable run(String source, String filter) throws Exception {
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                config.resolve("application.properties"),
                """
                ticketbridge.flow.compliance.source=files
                ticketbridge.flow.compliance.group-by=control
                ticketbridge.flow.compliance.profile=compliance-incident
                ticketbridge.profile.compliance-incident.table=incident
                ticketbridge.flow.compliance.filter="""
                        + filter + "\n");
        Path file = Files.writeString(
                folder.resolve("OurRoutesTest.java"),
                source.replace("\"--config\", \"config\"", "\"--config\", \"" + config + "\""));
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        folder.toString(),
                        file.toString());
        assertThat(compiled).isZero();
        System.setProperty("ticketbridge.jar", JAR);
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            Class<?> type = loader.loadClass("OurRoutesTest");
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            var test = type.getDeclaredMethod("what_is_not_production_is_dropped");
            test.setAccessible(true);
            test.invoke(constructor.newInstance());
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause();
        } finally {
            System.clearProperty("ticketbridge.jar");
        }
    }
}
