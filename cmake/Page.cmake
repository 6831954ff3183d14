# Assembles a page of harness/STAGE/page and makes a C++ source from it, run as a script:
#   cmake -D STAGE=report -D PAGE=report.html -D FUNCTION=report_page -D OUTPUT=report_page.cpp -P Page.cmake
# A line `@include NAME` in the page is replaced by the file NAME beside it, otherwise by that of harness/report/page.
cmake_minimum_required(VERSION 3.25)

set(harness ${CMAKE_CURRENT_LIST_DIR}/../harness)
set(dir ${harness}/${STAGE}/page)
file(READ ${dir}/${PAGE} page)
string(REGEX MATCHALL "@include [a-z_.]+" includes "${page}")
foreach(include IN LISTS includes)
  string(REPLACE "@include " "" name "${include}")
  set(file ${dir}/${name})
  if(NOT EXISTS ${file})
    set(file ${harness}/report/page/${name})
  endif()
  file(READ ${file} part)
  string(REPLACE "${include}\n" "${part}" page "${page}")
endforeach()

# Some compilers limit a literal to 64 KiB, so the page becomes several.
set(literals "")
string(LENGTH "${page}" left)
set(at 0)
while(at LESS left)
  string(SUBSTRING "${page}" ${at} 8000 part)
  string(APPEND literals "    R\"page(${part})page\"sv,\n")
  math(EXPR at "${at} + 8000")
endwhile()
file(WRITE ${OUTPUT} "// Made of harness/${STAGE}/page/${PAGE} by cmake/Page.cmake.
#include \"${STAGE}/page.hpp\"

namespace guise::${STAGE} {

using namespace std::string_view_literals;

std::string_view ${FUNCTION}() {
    static const std::string whole = [] {
        std::string out;
        for (const std::string_view part : {
${literals}        })
            out += part;
        return out;
    }();
    return whole;
}

}  // namespace guise::${STAGE}
")
