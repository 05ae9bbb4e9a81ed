loam_test(testing_test testing_test.cpp LINK loam_templates)
