# Tests with "postgresql" or "Postgresql" in their names find a server in this folder: ctest starts it before the first of them and
# removes it after the last (tests/CMakeLists.txt). The path is short, because that of a socket has to be.
string(MD5 build_folder ${CMAKE_BINARY_DIR})
string(SUBSTRING ${build_folder} 0 12 build_folder)
set(MITHAQ_TEST_POSTGRES_FOLDER /tmp/mithaq-pg-${build_folder})

# mithaq_module(NAME folder DEPENDS modules... LIBRARIES outside...)
#
# Makes one library out of a folder of src/, one test program out of its *_test.cpp, and one link test:
# the library linked whole into an empty main() with nothing but what it declares here. A call to a
# higher folder then fails the build. Every .cpp of the folder is taken, so a file cannot be forgotten.
function(mithaq_module name)
  cmake_parse_arguments(arg "" "" "DEPENDS;LIBRARIES;TEST_DEPENDS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$|/main\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")

  add_library(mithaq_${name} STATIC ${sources})
  target_include_directories(mithaq_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  set(links "")
  foreach(dependency ${arg_DEPENDS})
    list(APPEND links mithaq_${dependency})
  endforeach()
  target_link_libraries(mithaq_${name} PUBLIC ${links} PRIVATE ${arg_LIBRARIES} mithaq_flags)

  add_executable(link_${name} ${PROJECT_SOURCE_DIR}/cmake/empty_main.cpp)
  target_link_libraries(link_${name} PRIVATE "$<LINK_LIBRARY:WHOLE_ARCHIVE,mithaq_${name}>")

  if(tests AND MITHAQ_BUILD_TESTS)
    add_executable(test_${name} ${tests})
    target_link_libraries(test_${name} PRIVATE mithaq_${name} ${arg_TEST_DEPENDS} ${arg_LIBRARIES} mithaq_test_support
                          GTest::gtest_main mithaq_flags)
    gtest_discover_tests(test_${name} DISCOVERY_MODE PRE_TEST TEST_FILTER "-*ostgresql*" PROPERTIES TIMEOUT 600)
    gtest_discover_tests(test_${name} DISCOVERY_MODE PRE_TEST TEST_FILTER "*ostgresql*" TEST_LIST test_${name}_POSTGRESQL
                         PROPERTIES TIMEOUT 600 FIXTURES_REQUIRED postgresql
                         ENVIRONMENT MITHAQ_TEST_POSTGRES_FOLDER=${MITHAQ_TEST_POSTGRES_FOLDER})
  endif()
endfunction()
